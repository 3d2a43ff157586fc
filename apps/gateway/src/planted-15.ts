import '@hutong/method-barcode';
