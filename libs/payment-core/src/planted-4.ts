import '@hutong/payment-store';
