import { describe, expect, it } from 'vitest';
import { refuseStrangers } from './loopback.js';

describe('who may use the control surface', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('takes %s', (address) => {
    expect(() => refuseStrangers(address)).not.toThrow();
  });

  it.each(['10.0.0.5', '192.168.1.127', '::ffff:10.0.0.5', '::12', undefined])('refuses %s', (address) => {
    expect(() => refuseStrangers(address)).toThrow('this machine only');
  });
});
