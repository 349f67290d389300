"""How the Chinese signs that people look for are written in Latin letters, without tones."""

from __future__ import annotations

from functools import lru_cache

LONGEST = 40

_SIGNS = """
a 阿啊 ai 爱癌碍挨 an 安案按暗岸 ao 澳奥 ba 八把爸吧罢巴 bai 白百败摆拜 ban 办半班般板版搬伴
bang 帮绑榜 bao 保报包抱饱暴宝 bei 被北备背倍杯贝 ben 本奔 beng 崩 bi 比必笔避闭币毕逼壁鼻
bian 变边便编遍 biao 表标 bie 别 bin 宾 bing 病并兵冰饼 bo 博播伯薄波驳剥 bu 不部步布补 ca 擦
cai 才财菜采裁材猜 can 参餐残惨 cang 仓藏 cao 草操 ce 册测策厕 ceng 曾层 cha 查差茶插察叉
chai 拆柴 chan 产铲 chang 常长场厂唱偿尝 chao 超抄炒朝潮 che 车彻扯 chen 陈晨沉
cheng 成城程称承诚乘惩 chi 吃迟持尺池 chong 充冲重虫 chou 抽仇 chu 出处除初楚厨储 chuan 传船穿
chuang 床窗创闯 chui 吹 chun 春 ci 次此词辞磁 cong 从聪 cu 促粗 cui 催脆 cun 存村 cuo 错措
da 大打答达 dai 带代待贷袋戴呆 dan 单但担蛋诞 dang 当党挡 dao 到道导倒刀岛 de 的得德 deng 等登灯
di 地第低底弟敌抵递 dian 点店电典 diao 调掉 die 爹跌 ding 定订顶丁 diu 丢 dong 动东懂冬洞 dou 都斗
du 度读独毒堵赌肚 duan 断短段端 dui 对队堆 dun 顿 duo 多夺 e 额恶饿俄 en 恩 er 二儿而耳 fa 法发罚
fan 反饭犯返烦翻范 fang 方房放防访纺 fei 费非飞肥 fen 分份粉奋 feng 风封丰疯 fou 否
fu 付服父夫妇负福复府副扶附抚富腐赋护 gai 该改盖概 gan 干感敢赶 gang 刚港岗 gao 高告搞稿
ge 个各哥歌革格隔 gei 给 gen 跟根 geng 更 gong 工公共功供攻宫 gou 够购狗构 gu 古股顾故固雇估骨
gua 挂寡 guai 怪拐 guan 关管官馆观惯 guang 光广 gui 规归贵鬼柜 gun 滚 guo 国过果锅 ha 哈
hai 海孩还害 han 汉含喊寒 hang 行航 hao 好号毫 he 和合何河喝核 hei 黑 hen 很恨 heng 横 hong 红
hou 后候厚 hu 户互呼胡虎湖 hua 话化花画华划滑 huai 坏怀 huan 换环欢患缓 huang 黄慌
hui 会回汇惠毁灰 hun 婚混 huo 活火或货获伙 ji 机几记计己济级急极寄技际集及疾绩继纪季积基籍即
jia 家加假价架驾嫁 jian 间见建件检简健减监剪渐 jiang 将讲江奖降 jiao 交教叫较角脚缴焦
jie 接节结解街界介借姐届揭 jin 进金今近紧仅禁尽 jing 经警京精境静竟景竞 jiu 就九久旧酒救究
ju 居局具据句举聚拘剧 juan 捐卷 jue 决觉绝 jun 军均 ka 卡咖 kai 开 kan 看砍 kang 康抗 kao 考靠烤
ke 可课客科克刻 ken 肯 kong 空恐控 kou 口扣 ku 苦库哭裤 kua 跨 kuai 快块 kuan 款宽 kuang 矿况旷
kui 亏 kun 困 kuo 扩 la 拉 lai 来赖 lan 蓝烂 lang 浪 lao 老劳牢 le 了乐 lei 累类泪 leng 冷
li 里理力利立李例离礼历厉 lian 连联脸练 liang 量两亮凉粮 liao 料疗聊 lie 列 lin 临林邻
ling 领令零灵另 liu 留六流刘 long 龙 lou 楼漏 lu 路录陆炉 lun 轮论 luo 罗落 lv 律旅率绿 lve 略
ma 吗妈马骂 mai 买卖迈 man 满慢瞒 mang 忙盲 mao 毛贸猫 me 么 mei 没美每妹媒 men 们门 meng 梦
mi 米密秘迷 mian 面免 miao 秒 min 民 ming 名明命 mo 末莫默磨模 mou 某 mu 母目木 na 那拿哪纳 nai 奶
nan 难男南 nao 脑闹 ne 呢 nei 内 neng 能 ni 你泥 nian 年念 niang 娘 nin 您 niu 牛 nong 农弄
nu 努怒 nuan 暖 nv 女 nve 虐 ou 欧 pa 怕 pai 派排牌拍 pan 判盼 pang 旁 pao 跑 pei 培配赔陪
peng 朋碰 pi 批皮疲 pian 片骗偏 piao 票漂 pin 品贫聘拼 ping 平评凭 po 破迫婆 pu 普
qi 期其起气七齐企骑器弃欺 qia 恰 qian 前钱签欠千迁 qiang 强抢墙枪 qiao 桥 qie 且切 qin 亲勤侵
qing 请情清轻青庆 qiong 穷 qiu 求球秋 qu 去区取娶 quan 全权劝圈 que 却确缺 qun 群 ran 然 rang 让
rao 绕 re 热 ren 人认任 ri 日 rong 容 rou 肉 ru 如入 ruan 软 ruo 弱 san 三散 se 色 sha 杀沙
shan 山善 shang 上商伤 shao 少烧绍 she 社设射舍涉 shen 身申什深神审婶 sheng 生声省胜升
shi 是时事十使市实师失识始试食室适世示视式释驶施湿 shou 手收首受守售 shu 书数术输属熟叔 shua 刷
shuai 摔 shuang 双 shui 水税睡谁 shun 顺 shuo 说 si 四死私司思寺 song 送诉 su 速宿素 suan 算
sui 岁随虽 sun 损孙 suo 所锁 ta 他她它 tai 太台态 tan 谈 tang 堂汤躺 tao 套逃讨 te 特 teng 疼
ti 体提题替 tian 天填田 tiao 条跳 tie 贴铁 ting 听停庭 tong 同通统痛 tou 头投偷 tu 土图途 tuan 团
tui 退推 tuo 脱托拖 wai 外 wan 完万晚玩 wang 网往忘王望 wei 为位未委卫威危维围违 wen 文问温闻
wo 我 wu 无五物务午误屋污 xi 西系习息希洗细席喜 xia 下夏吓 xian 现先限线险县显
xiang 想向象相乡箱享项 xiao 小校消效笑销 xie 些写谢协鞋 xin 新心信薪 xing 性姓型星形兴刑
xiong 兄胸 xiu 休修 xu 需许续须虚 xuan 选宣 xue 学血雪削 xun 训寻询 ya 压押呀 yan 眼言严验延烟研
yang 样养阳扬 yao 要药摇 ye 也业夜爷 yi 一医以已意议衣移义疑益遗异易宜 yin 因银引印饮
ying 应英营影迎 yong 用永 you 有又友由右油游邮优 yu 与于语育雨遇预狱 yuan 员元院原远愿援缘
yue 月约越 yun 运孕允 za 杂诈 zai 在再 zan 暂赞 zang 脏 zao 早造遭 ze 责则 zen 怎 zeng 增 zha 炸
zhai 债窄 zhan 站展占 zhang 张账掌 zhao 找照招着 zhe 者这折 zhen 真诊镇 zheng 正证政整争征症挣
zhi 只知之制职直指纸支至治值质执止志 zhong 中种终钟众 zhou 周州 zhu 住主注助祝租逐 zhuan 转专赚
zhuang 装状 zhun 准 zhuo 桌 zi 自字子资姿 zong 总 zou 走 zu 组足族 zui 最罪醉 zun 尊遵
zuo 做作坐左
"""


def _read() -> dict[str, str]:
    words = _SIGNS.split()
    table: dict[str, str] = {}
    for syllable, signs in zip(words[::2], words[1::2], strict=True):
        for sign in signs:
            table[sign] = syllable
    return table


PINYIN = _read()
_SYLLABLES = frozenset(PINYIN.values())
_LONGEST_SYLLABLE = max(map(len, _SYLLABLES))


@lru_cache(maxsize=256)
def syllables_of(word: str) -> tuple[str, ...]:
    """A word in pinyin as its syllables, as few as possible; nothing where it is none."""
    if len(word) > LONGEST:
        return ()
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        ways = []
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before = best[start]
            if before is not None and word[start:end] in _SYLLABLES:
                ways.append((*before, word[start:end]))
        best.append(min(ways, key=len) if ways else None)
    return best[-1] or ()


def pinyin_of(signs: str) -> str:
    """One sign or a pair in pinyin, with a space between; empty where a sign is not known."""
    parts = [PINYIN.get(sign, "") for sign in signs]
    return " ".join(parts) if all(parts) else ""
