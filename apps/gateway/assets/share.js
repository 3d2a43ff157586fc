// @ts-check
/**
 * What is to be passed on, in a browser: buttons that copy, and the device's own way to share where it has one. Without it, fields can be
 * selected.
 */

for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-copy]'))) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy ?? ''));
  const label = button.textContent;
  button.hidden = false;
  field.addEventListener('focus', () => field.select());
  button.addEventListener('click', async () => {
    const copied = await copy(field);
    const words = (copied ? button.dataset.copied : button.dataset.byHand) ?? '';
    button.textContent = words;
    const news = document.getElementById(`${field.id}-news`);
    if (news !== null) news.textContent = words;
    setTimeout(() => void (button.textContent = label), 3000);
  });
}

/** @param {HTMLInputElement} field @returns {Promise<boolean>} */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Older browsers, and pages that are not secure: the field itself can be copied.
    field.focus();
    field.setSelectionRange(0, field.value.length);
    return document.execCommand('copy');
  }
}

const share = document.getElementById('share');

if (share !== null && 'share' in navigator) {
  const { title = '', text = '', url = '' } = share.dataset;
  share.hidden = false;
  share.addEventListener('click', () => void navigator.share({ title, text, url }).catch(() => undefined));
}
