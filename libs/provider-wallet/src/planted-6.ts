import '@hutong/provider-alipay';
