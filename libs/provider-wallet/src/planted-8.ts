import '@hutong/provider-contract';
