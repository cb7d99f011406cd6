import type { CategoryTexts } from '../model'

export const MEALS: CategoryTexts = {
  titles: [
    { vi: 'Bữa trưa ở điểm trường, {place}, năm học {year}', en: 'Lunch at the school sites, {place}, {year}' },
    { vi: 'Cơm trưa cho trẻ nhà xa trường, {place}', en: 'Lunch for children who live far from school, {place}' },
  ],
  summaries: [
    {
      vi: '{children} trẻ mầm non và tiểu học ở lại ăn trưa tại {sites} điểm trường, {price} một bữa.',
      en: '{children} pre-school and primary children stay for lunch at {sites} school sites, {price} a meal.',
    },
    {
      vi: 'Bữa trưa nóng cho {children} trẻ, để các em học được cả buổi chiều.',
      en: 'A hot lunch for {children} children, so that they can stay for the afternoon lessons.',
    },
  ],
  openings: [
    {
      vi: 'Nhiều em ở {villages} đi học từ lúc sáu giờ rưỡi, nhà cách lớp ba đến bảy cây số. Về nhà ăn trưa rồi quay lại là không kịp giờ chiều, nên hôm nào không có cơm ở trường, lớp buổi chiều vắng đi một phần ba.',
      en: 'Many children of {villages} leave home at half past six; home is three to seven kilometres from class. Going home for lunch and back takes too long, so on days without a meal at school a third of the afternoon class is missing.',
    },
    {
      vi: 'Sổ theo dõi của {sites} điểm trường thuộc {place} ghi {children} trẻ đăng ký ăn trưa. Phần lớn các gia đình góp gạo, củi và rau; phần thịt, cá, trứng, sữa thì chưa góp nổi đều.',
      en: 'The registers of {sites} school sites in {place} list {children} children for lunch. Most families bring rice, firewood and vegetables; meat, fish, eggs and milk are what they cannot bring every day.',
    },
    {
      vi: 'Bếp ăn ở các điểm trường {villages} do phụ huynh thay phiên nhau nấu, cô giáo giữ sổ chợ. Bếp đã có, người nấu đã có, khoản còn thiếu là tiền thực phẩm của {children} suất mỗi ngày.',
      en: 'Parents take turns cooking at the school sites of {villages}, and a teacher keeps the market book. The kitchen is there and so are the cooks; what is missing is the food money for {children} portions a day.',
    },
  ],
  middles: [
    {
      vi: 'Một bữa gồm cơm, một món mặn, một món canh và trái cây theo mùa, giá {price}. Thực đơn do y tế học đường lập theo tuần và dán ở cửa lớp. Mẫu thức ăn mỗi ngày được giữ 24 giờ.',
      en: 'A meal is rice, a main dish, soup and fruit in season, at {price}. The school health officer writes a weekly menu and hangs it at the door. A sample of every meal is kept for 24 hours.',
    },
    {
      vi: 'Tiền được tính theo số bữa ăn thật có chấm công, không tính theo đầu trẻ. Ngày nghỉ, ngày mưa lũ không học thì không chi, phần dư chuyển sang tháng sau.',
      en: 'Money follows the meals that were really eaten and ticked off, not the number of children. On days without school nothing is spent, and the rest goes to the next month.',
    },
    {
      vi: 'Thực phẩm mua của các hộ trong xã trước, phần thiếu mới mua ở chợ. Khay và thìa dùng chung được luộc mỗi ngày, vì thế bộ khay là khoản mua một lần và dùng nhiều năm.',
      en: 'Food is bought from households of the commune first, and only the rest at the market. Trays and spoons are boiled daily, so they are bought once and last for years.',
    },
  ],
}

export const COATS: CategoryTexts = {
  titles: [
    { vi: 'Áo ấm cho trẻ em {place}, {season}', en: 'Warm coats for the children of {place}, {season}' },
    { vi: 'Áo khoác, mũ và tất trước đợt rét, {place}', en: 'Coats, hats and socks before the cold, {place}' },
  ],
  summaries: [
    {
      vi: '{children} trẻ từ 3 đến 10 tuổi cần áo khoác, mũ và tất {by}.',
      en: '{children} children aged 3 to 10 need coats, hats and socks {by}.',
    },
    {
      vi: 'Áo khoác đúng cỡ cho {children} trẻ mầm non và tiểu học ở {villages}.',
      en: 'Coats in the right size for {children} pre-school and primary children in {villages}.',
    },
  ],
  openings: [
    {
      vi: 'Sáng sớm ở {villages} thường lạnh hơn dưới xuôi bốn, năm độ, và có sương đến gần trưa. Các em đi bộ đến lớp từ trước lúc mặt trời lên.',
      en: 'Early mornings in {villages} are four or five degrees colder than in the plain, with mist until almost noon. Children walk to class before the sun is up.',
    },
    {
      vi: 'Tháng trước, thầy cô ở {sites} điểm trường đo cỡ cho từng lớp. Danh sách gộp lại có {children} em chưa có áo khoác vừa người, trong đó nhiều em đang mặc lại áo của anh chị đã ngắn tay.',
      en: 'Last month teachers at {sites} school sites measured every class. The merged list has {children} children without a coat that fits; many wear one handed down, with sleeves too short.',
    },
    {
      vi: 'Mùa rét năm ngoái, nhà trường phải cho nghỉ học năm ngày vì nhiệt độ dưới 10 độ. Có áo ấm, mũ và tất, những ngày 11, 12 độ các em vẫn ra lớp được.',
      en: 'Last winter school closed for five days because it was below 10 degrees. With a coat, a hat and socks, children can still come on days of 11 or 12 degrees.',
    },
  ],
  middles: [
    {
      vi: 'Áo khoác lót bông, hai lớp, có mũ liền, đặt may theo cỡ đã đo; vải có phiếu thử theo QCVN 01:2017/BCT. Giá một chiếc cho trẻ mầm non là {price}, đã gồm vận chuyển đến điểm trường.',
      en: 'The coats are padded, with two layers and a hood, sewn in the measured sizes; the fabric comes with a test report under QCVN 01:2017/BCT. One for a pre-school child costs {price}, delivery to the school site included.',
    },
    {
      vi: 'Mỗi cỡ đặt dư không quá hai chiếc để đổi khi em nào lớn nhanh. Áo không in tên người tặng, không thêu biểu tượng: đó là áo của các em.',
      en: 'No more than two spare coats of each size are ordered, for children who grow fast. No donor name or emblem is printed on them: the coats belong to the children.',
    },
    {
      vi: 'Hàng về được kiểm tại xã: đếm theo cỡ, kéo thử khóa, giặt thử một chiếc. Chiếc nào lỗi thì trả lại xưởng trước khi ký nhận.',
      en: 'The goods are checked in the commune: counted by size, zips tried, one coat washed. Faulty ones go back before anyone signs.',
    },
  ],
}

export const HEALTH: CategoryTexts = {
  titles: [
    { vi: 'Khám sức khỏe, răng và mắt cho trẻ em {place}', en: 'Health, teeth and eye checks for the children of {place}' },
    { vi: 'Trạm y tế khám được cho trẻ em, {place}', en: 'A health station that can examine children, {place}' },
  ],
  summaries: [
    {
      vi: '{children} trẻ được khám tại {sites} điểm trường; em nào cần điều trị thì có thuốc hoặc giấy chuyển tuyến ngay.',
      en: '{children} children are examined at {sites} school sites; whoever needs treatment gets medicine or a referral at once.',
    },
    {
      vi: 'Dụng cụ khám và thuốc ban đầu cho trạm y tế, phục vụ {children} trẻ em trong xã.',
      en: 'Instruments and first medicine for the health station that serves {children} children.',
    },
  ],
  openings: [
    {
      vi: 'Lần khám mắt gần nhất ở {villages} cách đây ba năm. Thầy cô nhận ra nhiều em phải nheo mắt chép bài, nhưng bệnh viện có khoa mắt cách xã hơn năm mươi cây số.',
      en: 'The last eye check in {villages} was three years ago. Teachers notice pupils squinting at the board, but the nearest hospital with an eye department is more than fifty kilometres away.',
    },
    {
      vi: 'Trạm y tế {place} có y sĩ và nữ hộ sinh, nhưng cân đã hỏng, thước đo trẻ nhỏ không còn, máy xông khí dung phải mượn. Cha mẹ vì thế thường đưa con đi thẳng lên tuyến trên, mất trọn một ngày công.',
      en: 'The health station of {place} has staff, but the scale is broken, the infant measuring board is gone and the nebuliser is borrowed. So parents take children straight to the hospital and lose a day of work.',
    },
    {
      vi: 'Kết quả theo dõi dinh dưỡng đầu năm học cho thấy nhiều trẻ ở {villages} thấp hơn chuẩn chiều cao theo tuổi. Khám định kỳ mỗi năm một lần giúp tẩy giun, bổ sung vi chất và chữa răng đúng lúc.',
      en: 'Growth records at the start of the year show many children of {villages} below the height for their age. One check a year allows deworming, micronutrients and dental care in time.',
    },
  ],
  middles: [
    {
      vi: 'Đoàn khám gồm bác sĩ nhi, răng hàm mặt và mắt, làm việc hai ngày cuối tuần tại trường. Kết quả đưa tận tay cha mẹ trong phong bì kín; Quỹ chỉ nhận con số tổng.',
      en: 'The team has a paediatrician, a dentist and an eye doctor, and works at the school for two weekend days. Parents get the results in a closed envelope; the Fund receives only totals.',
    },
    {
      vi: 'Chi phí một lượt khám là {price}, gồm công khám, vật tư và thuốc tẩy giun. Em nào cần kính được cắt kính tại chỗ; em nào cần chữa lâu dài thì xã làm tiếp hồ sơ bảo hiểm y tế.',
      en: 'One check costs {price}, with the doctors’ work, supplies and deworming. Glasses are made on the spot; where longer treatment is needed, the commune prepares the health insurance papers.',
    },
    {
      vi: 'Thiết bị mua về ghi vào sổ tài sản của trạm, có người phụ trách và lịch hiệu chuẩn. Danh mục do ngành y tế duyệt trước khi hỏi giá.',
      en: 'Equipment goes into the station’s register, with a person in charge and a calibration schedule. The health service approves the list before prices are asked.',
    },
  ],
}
