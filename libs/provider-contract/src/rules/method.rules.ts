import { isScene, METHOD_KINDS, PRODUCTS } from '@hutong/payment-port';
import { expect } from 'vitest';
import { Bench } from '../bench.js';
import type { Rule } from '../rule.js';

export const methodRules = [
  {
    id: 'methods.served',
    promise: 'offers methods only in scenes whose product it can prepare',
    check: (subject) => {
      const { provider } = new Bench(subject);
      for (const { id, scenes } of subject.definition.methods) {
        expect(Object.keys(scenes).length, `${id} has a scene`).toBeGreaterThan(0);
        for (const [scene, product] of Object.entries(scenes)) {
          expect(isScene(scene), `${id}: ${scene}`).toBe(true);
          expect(provider.payments.prepare[product], `${id} in ${scene} needs ${product}`).toBeTypeOf('function');
        }
      }
    },
  },
  {
    id: 'methods.titled',
    promise: 'names itself and every method in both languages, each method once',
    check: ({ definition }) => {
      expect(definition.id).toMatch(/^[a-z][a-z0-9_]*$/);
      for (const texts of [
        definition.title,
        ...definition.methods.flatMap(({ title, help }) => (help ? [title, help] : [title])),
      ]) {
        expect(texts['zh-CN']).toMatch(/\S/);
        expect(texts.en).toMatch(/\S/);
      }
      const ids = definition.methods.map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { kind } of definition.methods) expect(METHOD_KINDS).toContain(kind);
    },
  },
  {
    id: 'methods.products_tried',
    promise: 'has every product that it can prepare tried by this suite',
    check: (subject) => {
      const { products } = new Bench(subject);
      expect(products.toSorted()).toEqual(Object.keys(subject.harness.products).toSorted());
      for (const product of products) expect(PRODUCTS).toContain(product);
    },
  },
] as const satisfies readonly Rule[];
