import type { CashierView } from './cashier-view.js';

type Here = Pick<CashierView, 'path' | 'visitor'>;

/** Asks the wallet, then shows the page as it stands. */
export const checkHref = (view: Here): string => hrefWith(view, 'check=1');

/** The list again, in the middle of a try. */
export const chooseHref = (view: Here): string => hrefWith(view, 'choose=1');

/** The payer pressed the button just now. */
export const goHref = (view: Here): string => hrefWith(view, 'go=1');

function hrefWith({ path, visitor }: Here, parameter: string): string {
  return `${path}${visitor.query === '' ? '?' : `${visitor.query}&`}${parameter}`;
}
