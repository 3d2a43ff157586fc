import type { Language } from '../../http/language.js';
import { en } from './copy.en.js';
import { zhCn, type LinkCopy } from './copy.zh-cn.js';

export type { LinkCopy } from './copy.zh-cn.js';

export const LINK_COPY: Readonly<Record<Language, LinkCopy>> = { 'zh-CN': zhCn, en };
