import type { Language } from '../../http/language.js';
import { en } from './copy.en.js';
import { zhCn, type FriendCopy } from './copy.zh-cn.js';

export type { FriendCopy } from './copy.zh-cn.js';

export const FRIEND_COPY: Readonly<Record<Language, FriendCopy>> = { 'zh-CN': zhCn, en };
