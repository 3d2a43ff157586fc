import '@hutong/gateway';
