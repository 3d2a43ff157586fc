/** The six ways to order, told apart by their method. */
export type AlipayProduct = 'app' | 'wap' | 'page' | 'precreate' | 'create' | 'pay';

export interface ProductRules {
  readonly method: string;
  /** The first is what an absent product_code means, unless it is required. */
  readonly productCodes: readonly string[];
  readonly productCodeRequired: boolean;
  readonly defaultTimeoutMs: number;
  readonly shortestTimeoutMs: number;
}

const MINUTE_MS = 60_000;
const DAYS_15 = 15 * 24 * 60 * MINUTE_MS;

/** Product codes, default timeouts and the 5 minutes of app and wap: field comments of the official .NET models. */
export const PRODUCTS = {
  app: rules('alipay.trade.app.pay', ['QUICK_MSECURITY_PAY', 'CYCLE_PAY_AUTH'], { shortestTimeoutMs: 5 * MINUTE_MS }),
  wap: rules('alipay.trade.wap.pay', ['QUICK_WAP_WAY', 'QUICK_WAP_PAY'], { shortestTimeoutMs: 5 * MINUTE_MS }),
  page: rules('alipay.trade.page.pay', ['FAST_INSTANT_TRADE_PAY'], { productCodeRequired: true }),
  precreate: rules('alipay.trade.precreate', ['FACE_TO_FACE_PAYMENT', 'QR_CODE_OFFLINE'], {
    defaultTimeoutMs: 180 * MINUTE_MS,
  }),
  create: rules('alipay.trade.create', ['FACE_TO_FACE_PAYMENT', 'JSAPI_PAY']),
  pay: rules('alipay.trade.pay', ['FACE_TO_FACE_PAYMENT', 'OFFLINE_PAYMENT'], { defaultTimeoutMs: 180 * MINUTE_MS }),
} as const satisfies Readonly<Record<AlipayProduct, ProductRules>>;

/** The product whose orders travel by the payer's device: no server calls these. */
export function clientProduct(method: string): 'app' | 'wap' | 'page' | undefined {
  return (['app', 'wap', 'page'] as const).find((product) => PRODUCTS[product].method === method);
}

function rules(method: string, productCodes: readonly string[], other: Partial<ProductRules> = {}): ProductRules {
  return {
    method,
    productCodes,
    productCodeRequired: false,
    defaultTimeoutMs: DAYS_15,
    shortestTimeoutMs: MINUTE_MS,
    ...other,
  };
}
