import '@hutong/payment-port';
