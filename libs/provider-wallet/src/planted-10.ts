import '../../provider-kit/src/yuan.js';
