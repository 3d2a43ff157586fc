import type { Drawing } from './drawing.js';
import type { Good, Shop, Text } from './shop.js';

const text = (zh: string, en: string): Text => ({ zh, en });

const good = (id: string, zh: string, en: string, price: number, drawing: Drawing): Good => ({
  id,
  name: text(zh, en),
  price,
  drawing,
});

const BOTH = text('支付宝和微信支付都已接通。', 'Takes Alipay and WeChat Pay alike.');
const WAITING = text(
  '收支付宝；微信支付已申请，还在等审核。',
  'Takes Alipay; has asked for WeChat Pay and waits for its review.',
);
const STEPS = text(
  '收支付宝；更多付款方式分阶段、分步骤放开。',
  'Takes Alipay; further ways to pay open step by step.',
);

/** Every shop of the street, in the order of the story. */
export const SHOPS: readonly Shop[] = [
  {
    app: 'taocaicai',
    name: text('淘菜菜', 'Taocaicai'),
    color: '#2f9e44',
    mark: '菜',
    sells: text('今天下单，明天楼下取菜', 'Greens ordered today, downstairs tomorrow'),
    story: text('收支付宝；也可以请好友用微信代付。', 'Takes Alipay, or a friend pays with WeChat.'),
    goods: [
      good('shoots', '春笋 500 克', 'Spring bamboo shoots, 500 g', 1_299, 'leaf'),
      good('eggs', '土鸡蛋 10 枚', 'Ten farm eggs', 1_580, 'eggs'),
      good('rice', '五常大米 5 公斤', 'Wuchang rice, 5 kg', 4_990, 'sack'),
    ],
  },
  {
    app: 'taote',
    name: text('淘特', 'Taote'),
    color: '#ff5000',
    mark: '特',
    sells: text('工厂直供的日用好货', 'Everyday things straight from the factory'),
    story: text('微信扫码付已上线，微信支付在等审核。', 'WeChat scan-to-pay is live; WeChat Pay waits for review.'),
    goods: [
      good('towels', '纯棉毛巾三条', 'Three cotton towels', 990, 'cloth'),
      good('cup', '保温杯', 'Vacuum flask', 2_990, 'cup'),
      good('lamp', '小夜灯', 'Night light', 1_590, 'lamp'),
    ],
  },
  {
    app: 'eleme',
    name: text('饿了么', 'Ele.me'),
    color: '#0a84d6',
    mark: '饿',
    sells: text('半小时送到的热饭', 'Hot meals within half an hour'),
    story: BOTH,
    goods: [
      good('noodles', '牛肉拉面', 'Beef noodles', 2_600, 'bowl'),
      good('dumplings', '鲜虾馄饨', 'Prawn wontons', 2_200, 'bowl'),
      good('tea', '桂花乌龙', 'Osmanthus oolong', 1_500, 'cup'),
    ],
  },
  {
    app: 'youku',
    name: text('优酷', 'Youku'),
    color: '#1769e0',
    mark: '酷',
    sells: text('剧集和电影会员', 'Series and films by membership'),
    story: BOTH,
    goods: [
      good('month', '会员月卡', 'Membership, one month', 1_900, 'film'),
      good('season', '会员季卡', 'Membership, three months', 5_800, 'film'),
      good('premiere', '新片点播一部', 'One new film', 600, 'ticket'),
    ],
  },
  {
    app: 'damai',
    name: text('大麦', 'Damai'),
    color: '#e02f5c',
    mark: '麦',
    sells: text('演出、话剧和展览的票', 'Tickets for concerts, plays and shows'),
    story: BOTH,
    goods: [
      good('play', '话剧后排票', 'A play, back rows', 18_000, 'ticket'),
      good('concert', '音乐会看台票', 'A concert, upper stand', 38_000, 'ticket'),
      good('exhibition', '展览早鸟票', 'An exhibition, early bird', 6_800, 'ticket'),
    ],
  },
  {
    app: 'kaola',
    name: text('考拉海购', 'Kaola'),
    color: '#c8102e',
    mark: '考',
    sells: text('从海外仓来的日用品', 'Household goods from overseas stores'),
    story: BOTH,
    goods: [
      good('cream', '橄榄护手霜', 'Olive hand cream', 3_900, 'bottle'),
      good('oats', '燕麦片 1 公斤', 'Rolled oats, 1 kg', 4_500, 'sack'),
      good('blanket', '羊毛毯', 'Wool blanket', 25_900, 'cloth'),
    ],
  },
  {
    app: 'shuqi',
    name: text('书旗', 'Shuqi'),
    color: '#2b8a6f',
    mark: '书',
    sells: text('装在口袋里的书架', 'A bookshelf for the pocket'),
    story: BOTH,
    goods: [
      good('novel', '长篇小说一部', 'One long novel', 1_200, 'book'),
      good('poems', '唐诗选', 'Poems of the Tang', 800, 'book'),
      good('month', '畅读月卡', 'Reading pass, one month', 1_500, 'book'),
    ],
  },
  {
    app: 'xianyu',
    name: text('闲鱼', 'Xianyu'),
    color: '#f2b600',
    mark: '闲',
    sells: text('邻居们用不上的好东西', 'Good things that neighbours no longer need'),
    story: WAITING,
    goods: [
      good('camera', '胶片相机，九成新', 'Film camera, hardly used', 36_000, 'camera'),
      good('chair', '折叠椅一把', 'One folding chair', 4_500, 'chair'),
      good('books', '旧书一摞', 'A pile of old books', 2_000, 'book'),
    ],
  },
  {
    app: 'hema',
    name: text('盒马', 'Hema'),
    color: '#0b7fbf',
    mark: '盒',
    sells: text('店里和家里的生鲜', 'Fresh food, in the store and at home'),
    story: WAITING,
    goods: [
      good('fish', '鲈鱼一条', 'One sea bass', 3_980, 'fish'),
      good('milk', '鲜牛奶 950 毫升', 'Fresh milk, 950 ml', 1_890, 'bottle'),
      good('bread', '乡村面包', 'Country loaf', 1_680, 'bread'),
    ],
  },
  {
    app: 'taobao',
    name: text('淘宝', 'Taobao'),
    color: '#ff6a00',
    mark: '淘',
    sells: text('什么都有的大集市', 'The market that has everything'),
    story: STEPS,
    goods: [
      good('lamp', '纸灯罩', 'Paper lampshade', 5_900, 'lamp'),
      good('teapot', '手工茶壶', 'Teapot, made by hand', 12_800, 'cup'),
      good('shirt', '亚麻衬衫', 'Linen shirt', 9_900, 'cloth'),
    ],
  },
  {
    app: 'tmall',
    name: text('天猫', 'Tmall'),
    color: '#d5002f',
    mark: '猫',
    sells: text('品牌自己的店', 'Brands in shops of their own'),
    story: STEPS,
    goods: [
      good('headphones', '头戴耳机', 'Headphones', 49_900, 'headphones'),
      good('kettle', '电水壶', 'Electric kettle', 15_900, 'cup'),
      good('perfume', '木质香水', 'Woody perfume', 32_000, 'bottle'),
    ],
  },
  {
    app: 'pinduoduo',
    name: text('拼多多', 'Pinduoduo'),
    color: '#e02e24',
    mark: '拼',
    sells: text('一起买，更便宜', 'Cheaper when bought together'),
    story: text('微信支付第一，多多钱包第二，支付宝第三。', 'WeChat Pay first, Duoduo Wallet second, Alipay third.'),
    goods: [
      good('oranges', '赣南脐橙 2.5 公斤', 'Navel oranges, 2.5 kg', 1_990, 'fruit'),
      good('tissues', '抽纸 24 包', 'Tissues, 24 packs', 2_490, 'box'),
      good('socks', '棉袜五双', 'Five pairs of socks', 990, 'cloth'),
    ],
  },
  {
    app: 'jd',
    name: text('京东', 'JD'),
    color: '#c81623',
    mark: '京',
    sells: text('自家仓库，当天送达', 'From its own stores, the same day'),
    story: text('收微信支付，从来不收支付宝。', 'Takes WeChat Pay, and has never taken Alipay.'),
    goods: [
      good('keyboard', '机械键盘', 'Mechanical keyboard', 39_900, 'box'),
      good('camera', '摄像头', 'Webcam', 19_900, 'camera'),
      good('headphones', '入耳式耳机', 'Earphones', 9_900, 'headphones'),
    ],
  },
];

export function shopOf(app: string): Shop | undefined {
  return SHOPS.find((shop) => shop.app === app);
}
