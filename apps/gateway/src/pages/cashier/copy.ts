import type { Language } from '../../http/language.js';
import { en } from './copy.en.js';
import { zhCn, type CashierCopy } from './copy.zh-cn.js';

export type { CashierCopy } from './copy.zh-cn.js';

export const CASHIER_COPY: Readonly<Record<Language, CashierCopy>> = { 'zh-CN': zhCn, en };
