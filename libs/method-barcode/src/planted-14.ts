import '@hutong/provider-kit';
