/** Each simplified character with the traditional one behind it: those that this wire's messages and field labels use. */
const PAIRS =
  '与與业業个個为為义義书書于於仅僅价價众眾优優传傳体體余餘关關决決则則务務单單区區参參发發号號后後场場处處备備复複' +
  '实實对對将將尔爾币幣并並应應开開异異当當态態总總户戶执執扫掃择擇据據数數时時无無权權条條来來标標检檢没沒状狀码碼确確' +
  '种種称稱签簽类類级級细細终終经經结結统統维維编編网網联聯节節补補规規认認许許记記设設证證识識试試询詢该該详詳误誤请請' +
  '调調败敗账帳货貨费費资資转轉输輸过過这這进進连連钟鐘钥鑰钱錢银銀销銷错錯门門闭閉间間页頁项項须須频頻额額验驗头頭' +
  '订訂变變归歸购購续續约約样樣';

const TRADITIONAL = new Map(
  Array.from({ length: PAIRS.length / 2 }, (_, index) => [PAIRS[2 * index], PAIRS[2 * index + 1]]),
);

/** A message in traditional characters, its words as they are. */
export function traditionalChinese(simplified: string): string {
  const characters = [...simplified.replaceAll('关系', '關係')];
  return characters.map((character) => TRADITIONAL.get(character) ?? character).join('');
}
