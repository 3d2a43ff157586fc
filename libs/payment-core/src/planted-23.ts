import '@hutong/no-such-lib';
