const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
};

/** A refusal of the control surface, answered as `{status, title, detail}`; `detail` says what to try instead. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly title: string;

  constructor(
    readonly status: 400 | 403 | 404 | 409,
    readonly detail: string,
  ) {
    super(detail);
    this.title = TITLES[status] ?? 'Error';
  }
}
