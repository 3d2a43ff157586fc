// Asks how the order stands and shows the page anew when there is something new. Without it the page shows the same when loaded.
const EVERY_MS = 2_500;
const order = document.querySelector('[data-status-url]');

async function look() {
  if (document.visibilityState === 'hidden' || document.activeElement?.tagName === 'INPUT') return;
  try {
    const answer = await fetch(order.dataset.statusUrl, { headers: { accept: 'application/json' } });
    if (answer.ok && (await answer.json()).version !== order.dataset.version) location.replace(location.pathname);
  } catch {
    // Offline: the next look may find the way.
  }
}

if (order !== null) setInterval(look, EVERY_MS);
