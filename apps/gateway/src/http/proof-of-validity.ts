import { getMetadataStorage, ValidationTypes, type ValidatorConstraintInterface } from 'class-validator';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Condition = (object: object, value: unknown) => boolean;

interface Check {
  readonly constraint: ValidatorConstraintInterface;
  readonly metadata: Metadata;
}

interface Field {
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly checks: readonly Check[];
}

type Proof = ReadonlyMap<string, Field>;

const proofs = new Map<unknown, Proof | undefined>();

/**
 * True when an object of a flat class keeps every rule that class-validator knows of it, and has no other field. The rules
 * are class-validator's own, looked up once per class instead of with every call. False is no answer: something is wrong, or
 * the class needs what is not tried here (nested classes, groups, waiting), and class-validator has to say.
 */
export function isPlainlyValid(object: object): boolean {
  const target = object.constructor;
  if (!proofs.has(target)) proofs.set(target, proofOf(target));
  const proof = proofs.get(target);
  if (proof === undefined) return false;
  for (const name of Object.keys(object)) if (!proof.has(name)) return false;
  for (const field of proof.values()) if (!holds(field, object)) return false;
  return true;
}

function holds({ name, conditions, checks }: Field, object: object): boolean {
  const value = (object as Readonly<Record<string, unknown>>)[name];
  for (const condition of conditions) if (!condition(object, value)) return true;
  for (const check of checks) if (!passes(check, object, value)) return false;
  return true;
}

/** Only `true` counts: a promise is not yet an answer. */
function passes({ constraint, metadata }: Check, object: object, value: unknown): boolean {
  const { propertyName: property, constraints } = metadata;
  const about = { targetName: object.constructor.name, property, object, value, constraints: constraints as unknown[] };
  if (!metadata.each) return constraint.validate(value, about) === true;
  return Array.isArray(value) && value.every((item) => constraint.validate(item, about) === true);
}

/** Undefined when a rule of the class is of a kind that is not tried here. */
function proofOf(target: unknown): Proof | undefined {
  if (typeof target !== 'function') return undefined;
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
  if (metadatas.length === 0 || !metadatas.every(isPlain)) return undefined;
  const names = new Set(metadatas.map(({ propertyName }) => propertyName));
  return new Map([...names].map((name) => [name, fieldOf(name, metadatas)]));
}

function isPlain({ type, groups, validateIf }: Metadata): boolean {
  const known = type === ValidationTypes.CUSTOM_VALIDATION || type === ValidationTypes.CONDITIONAL_VALIDATION;
  return known && (groups ?? []).length === 0 && validateIf === undefined;
}

function fieldOf(name: string, metadatas: readonly Metadata[]): Field {
  const own = metadatas.filter(({ propertyName }) => propertyName === name);
  const conditional = own.filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION);
  return {
    name,
    conditions: conditional.map(({ constraints }) => (constraints as [Condition])[0]),
    checks: own
      .filter((metadata) => !conditional.includes(metadata))
      .flatMap((metadata) => constraintsOf(metadata).map((constraint) => ({ constraint, metadata }))),
  };
}

function constraintsOf({ constraintCls }: Metadata): readonly ValidatorConstraintInterface[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => instance);
}
