import type { Language } from '../../http/language.js';
import { en } from './share-copy.en.js';
import { zhCn, type ShareCopy } from './share-copy.zh-cn.js';

export type { ShareCopy } from './share-copy.zh-cn.js';

export const SHARE_COPY: Readonly<Record<Language, ShareCopy>> = { 'zh-CN': zhCn, en };
