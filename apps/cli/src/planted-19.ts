import '@hutong/provider-wallet';
