import { alipayWire } from './alipay/index.js';
import type { WireDefinition } from './frame/wire.js';
import { walletWire } from './wallet/index.js';
import { wechatPayWire } from './wechat-pay/index.js';

/** The wallets of this sandbox. A new wire is a folder and a line here. */
export const wires: readonly WireDefinition[] = [wechatPayWire, alipayWire, walletWire];
