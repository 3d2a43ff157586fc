import { describeProviderContract } from '@hutong/provider-contract';
import { wallet } from './index.js';
import { walletHarness } from './wallet.contract.harness.js';

const definition = wallet({ method: 'duoduo_wallet', title: { 'zh-CN': '多多钱包', en: 'Duoduo Wallet' } });

describeProviderContract(definition, walletHarness);
