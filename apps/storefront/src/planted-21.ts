import '@hutong/payment-core';
