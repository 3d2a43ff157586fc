import type { Language } from '../../http/language.js';
import { en } from './copy.en.js';
import { zhCn, type CodeCopy } from './copy.zh-cn.js';

export type { CodeCopy } from './copy.zh-cn.js';

export const CODE_COPY: Readonly<Record<Language, CodeCopy>> = { 'zh-CN': zhCn, en };
