import 'reflect-metadata';

const SECRETS = Symbol('hutong:secret-fields');

/** Marks a field of a settings class as secret: sealed at rest, write-only over the API, never printed. */
export function Secret(): PropertyDecorator {
  return (target, field) => {
    const owner = target.constructor;
    const known = (Reflect.getMetadata(SECRETS, owner) as string[] | undefined) ?? [];
    Reflect.defineMetadata(SECRETS, [...known, String(field)], owner);
  };
}

export function secretFieldsOf(settingsClass: abstract new () => object): readonly string[] {
  return (Reflect.getMetadata(SECRETS, settingsClass) as string[] | undefined) ?? [];
}
