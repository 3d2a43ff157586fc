import { IsArray, IsOptional, Matches } from 'class-validator';

/** A list of host names; a list that is not given is one that we were not told. */
export function AreDomains(): PropertyDecorator {
  const checks = [
    Matches(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, { each: true, message: 'must be host names such as m.shop.example' }),
    IsArray({ message: 'must be a list of host names' }),
    IsOptional(),
  ];
  return (target, property) => {
    for (const check of checks) check(target, property);
  };
}
