import './wallet.contract.harness.js';
