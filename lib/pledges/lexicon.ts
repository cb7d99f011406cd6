const words = (text: string) => new Set(text.trim().split(/\s+/))

/** Family names of Việt Nam's peoples, in lower case. */
export const FAMILY_NAMES = words(`
  nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý an ân âu bạch bành bế bồ ca cao cấn châu chế chu chử chung cù cung
  danh diệp diêm doãn dư đàm đào đậu điền điêu đinh đoàn đồng đổng giang giáp hà hàn hạ hồng hứa hùng kha khâu khổng khuất khúc khương kiều kim
  kỳ la lã lại lâm lăng liêu lò lộ lỗ lục lư lương lường lưu ma mã mạc mai mạnh mẫn môn nghiêm nghiên ngụy nhan nhâm nhữ ninh nông ông phí phó
  phù phùng phương quách quan quang quản sầm sùng sơn tạ tăng tất thạch thái thân thi thiều tô tôn tống trang trà triệu trình trịnh trương từ
  tưởng ty tải uông ưng văn vi viên vương xa hà giàng vừ thào lầu và cứ mùa sình cháng pinăng katơr chamaléa patâu tain axá mấu đạo
  qua đàng hán thiên tôn lưu báo châu lộ thành từ trượng đổng bá nại kiều quảng`)

/** Middle and given names that are plainly that, in lower case. */
export const GIVEN_NAMES = words(`
  ái an anh ánh ân ba bảo bách bạch bảy băng bằng bích biên bình bông bổng bửu ca cẩm cảnh cát cần châu chi chí chiến chiêu chinh chính chung chương
  công cúc cúc cường dân diễm diên diễn diệp diệu dinh doanh du duẩn dung dũng duy duyên dư dương đại đan đài đạt đăng điền điệp đình định đoan đoàn
  đô đông đồng đức đường gấm gia giang giao giáp hà hải hân hạ hạnh hào hảo hằng hậu hiên hiền hiển hiến hiếu hiệp hiệu hoa hòa hoà hoài hoan hoàn hoàng
  hoành học hồng hợp huấn huân huế huệ hùng huy huyên huyền huỳnh hữu hưng hương hường hưởng kha khai khải khang khanh khánh khiêm khoa khoát khôi
  khuê khương kiên kiệt kiều kim kỳ lai lam lan lài lành lâm lân lập lệ liên liêm liễu linh loan long lộc lợi luân luyến luận lụa lục lương lưu ly lý
  mai mạnh mẫn mến mi miên minh mộc mỹ na nam nga ngà ngân nghi nghĩa nghiêm ngọc nguyên nguyệt nhã nhàn nhân nhất nhật nhi nhiên nhu nhung như nhựt
  ninh nữ nương oanh phát phi phong phú phúc phụng phương phước phượng quân quang quảng quế quốc quy quý quyên quyền quyết quỳnh sa san sáng sâm sen sinh
  song sơn sử sương tài tam tâm tân tấn tần thạch thái thanh thành thao thảo thạo thắm thắng thân thập thế thi thị thiên thiện thiệu thịnh thoa thoại thông
  thơ thời thu thuận thuật thục thúy thuý thùy thuỳ thủy thuỷ thuyên thuyết thư thương thường thức tiên tiến tín tình tĩnh toàn toại toản tố tôn trà trác
  trang trâm trân tri trí triết triều trinh trình trọng trung trúc trường tú tuân tuấn tuệ tùng tuyên tuyến tuyền tuyết tư tường tưởng tỷ uyên uyển
  vân văn vi việt vinh vĩ vĩnh vũ vui vượng vy xuân xuyến ý yên yến`)

/** Given names of other languages that often give, in lower case. */
export const FOREIGN_NAMES = words(`
  adam alan albert alex alexander alice amanda amy andrea andrew angela ann anna anne anthony antoine barbara ben benjamin brian camille carl carlos
  caroline catherine charles charlotte chloe chris christian christine christopher claire daniel david deborah dennis diana dominique edward elena
  elizabeth ella emily emma eric ethan eva felix francesca francis françois frank gabriel george grace hana hannah hans helen henri henry hiroshi isabel
  isabelle jack jacob jacques james jan jane jason jean jennifer jessica jim joan john jonathan joseph juan julia julie karen kate katherine keiko ken
  kenji kevin laura lauren léa lena leo liam linda lisa louis louise lucas lucie lucy luis lukas marc marco margaret maria marie mark martin mary
  matthew megan michael michelle mika minh monica nancy naomi natalie nicholas nicolas nicole noah olivia oliver oscar patricia patrick paul peter philip
  pierre rachel rebecca richard robert roger ryan sam samuel sandra sara sarah scott sofia sophia sophie stephen steven susan suzuki takashi tanaka thomas
  tim tom victor victoria walter william yuki yuko zoe smith johnson brown jones miller davis wilson taylor anderson thomas moore martin lee white
  harris clark lewis walker hall young king wright green baker kim park choi sato suzuki takahashi tanaka watanabe müller schmidt dubois bernard`)

/** Words around a name or in a good wish that can do no harm, in lower case. Anything else waits for a person. */
export const HARMLESS_WORDS = words(`
  gia đình nhà ông bà bác chú cô dì cậu mợ thím anh chị em con cháu bố mẹ ba má cha vợ chồng bé các những và cùng với của từ ở tại cho một hai ba bốn năm
  sáu bảy tám chín mười lớp khóa khoá nhóm bạn bạn bè tổ hội họ người nhà hảo tâm tập thể cựu học sinh sinh viên giáo viên thầy trường khối cũ mới dân phố
  đồng hương thôn xóm làng ẩn danh không tên xin gửi tặng góp chút ủng hộ chung tay đóng thương yêu quý mến kính chúc mong ước cầu hy vọng luôn thật
  nhiều mãi được có thêm để đến đi học đường vui khỏe khoẻ mạnh ngoan giỏi chăm may mắn hạnh phúc bình an an lành ấm áp ấm lòng mùa đông xuân hè thu tết
  trung sức nụ cười tươi tương lai sáng ước mơ cố gắng lên nhé nha ạ vững bước bữa cơm ngon áo sách vở bút trẻ vùng cao miền núi nhỏ lớn chúng tôi
  mình tớ là rất cảm ơn quỹ mọi tất cả ngày tháng đầu cuối sinh nhật kỷ niệm cưới kỉ mừng thọ tuổi tròn hồi hướng công đức mãi niềm tin yêu thương
  gửi trọn chút lòng thành tấm lòng sẻ chia đùm bọc lá lành rách giúp đỡ hết mình ngủ ngon lớn khôn khôn tốt lắm quá cả
  a an and all always and are be best better big bless bright brave care cheer child children class dear donor dream dreams eat enjoy every family few for
  friend friends from future gift give good great grow growing hands happy have health healthy help hope hopes hugs i in is joy keep kids kind laugh learn learning
  life little live long love luck lunch many may me more much my new of on our play please read school send sending share shine small smile smiles some stay strong
  study sun team thank thanks the their them these they this to together us very warm warmth we well winter wish wishes with yard year years you young your`)

/** Names of figures of history and the state, in lower case: who gives under one of them is asked first. */
export const PUBLIC_FIGURES = [
  'hồ chí minh',
  'nguyễn ái quốc',
  'nguyễn tất thành',
  'võ nguyên giáp',
  'phạm văn đồng',
  'tôn đức thắng',
  'lê duẩn',
  'trường chinh',
  'nguyễn văn linh',
  'đỗ mười',
  'võ văn kiệt',
  'nguyễn phú trọng',
  'tô lâm',
  'lương cường',
  'phạm minh chính',
  'trần thanh mẫn',
  'ngô đình diệm',
  'nguyễn văn thiệu',
]
