/**
 * What the pages do by themselves where scripts run; all of them work without. The list of open orders is fetched again, a
 * code's time runs down, the till's charge is noticed, the pad types, a form is sent once.
 */
export const PHONE_SCRIPT = `'use strict';
const all = (selector) => document.querySelectorAll(selector);
const every = (seconds, run) => setInterval(() => { if (!document.hidden) run().catch(() => undefined); }, seconds * 1000);

for (const list of all('[data-refresh]')) {
  let last = list.innerHTML;
  every(2, async () => {
    const answer = await fetch(list.dataset.refresh, { headers: { accept: 'text/html' } });
    const text = await answer.text();
    if (!answer.ok || text === last || list.contains(document.activeElement)) return;
    last = text;
    list.innerHTML = text;
  });
}

for (const pad of all('[data-pad]')) {
  const field = document.getElementById(pad.dataset.pad);
  pad.hidden = false;
  pad.addEventListener('click', ({ target }) => {
    const { key } = target.dataset;
    if (key === undefined) return;
    field.value = key === 'back' ? field.value.slice(0, -1) : (field.value + key).slice(0, 6);
    if (field.value.length === 6) document.getElementById('confirm').focus();
  });
}

for (const clock of all('[data-seconds]')) {
  const end = Date.now() + Number(clock.dataset.seconds) * 1000;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    clock.textContent = clock.dataset.words.replace('#', String(left));
    if (left > 0) return;
    clearInterval(timer);
    clock.closest('section').classList.add('spent');
    clock.textContent = clock.dataset.over;
  }, 500);
}

for (const till of all('[data-till]')) {
  every(1.5, async () => {
    const { location: to } = await (await fetch(till.dataset.till, { headers: { accept: 'application/json' } })).json();
    if (to) location.assign(to);
  });
}

for (const form of all('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}
addEventListener('pageshow', () => { for (const form of all('form[data-once]')) delete form.dataset.sent; });
`;
