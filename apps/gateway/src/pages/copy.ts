import type { Language } from '../http/language.js';
import { en } from './copy.en.js';
import { zhCn, type Copy } from './copy.zh-cn.js';

export const COPY: Readonly<Record<Language, Copy>> = { 'zh-CN': zhCn, en };
