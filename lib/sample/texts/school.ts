import type { CategoryTexts } from '../model'

export const SCHOLARSHIPS: CategoryTexts = {
  titles: [
    { vi: 'Học bổng năm học {year}, {place}', en: 'Scholarships {year}, {place}' },
    { vi: 'Học bổng để đi học đều, {place}', en: 'Scholarships for steady schooling, {place}' },
  ],
  summaries: [
    {
      vi: '{quantity} suất học bổng học kỳ cho {children} học sinh, {price} mỗi suất.',
      en: '{quantity} term scholarships for {children} pupils, {price} each.',
    },
    {
      vi: 'Một khoản đều đặn để {children} học sinh hộ nghèo, cận nghèo không phải nghỉ giữa năm.',
      en: 'Steady support so that {children} pupils of poor and near-poor households need not stop mid-year.',
    },
  ],
  openings: [
    {
      vi: 'Ở {villages}, học sinh thường nghỉ dần từ sau Tết, khi nhà vào vụ. Thầy cô không thiếu lời khuyên; các gia đình thiếu một khoản nhỏ đến đúng kỳ để trả tiền xe, tiền trọ và bảo hiểm y tế.',
      en: 'In {villages} pupils tend to drop out after Tết, when field work begins. There is no lack of advice from teachers; families lack a small sum that comes in time for bus fare, lodging and health insurance.',
    },
    {
      vi: 'Hội đồng xét học bổng {place} họp công khai, nhận đơn của từng lớp và chọn {children} học sinh theo ba tiêu chí: hoàn cảnh gia đình, đi học chuyên cần và có nguyện vọng học tiếp.',
      en: 'The scholarship committee of {place} met in public, took applications from every class and chose {children} pupils by three criteria: circumstances at home, attendance, and the wish to go on.',
    },
    {
      vi: 'Từ lớp sáu, nhiều em phải ở trọ gần trường vì nhà cách lớp hơn mười cây số. Tiền trọ và tiền ăn mỗi tháng bằng gần một nửa thu nhập của gia đình làm nương.',
      en: 'From grade six many pupils lodge near school because home is more than ten kilometres away. Lodging and food cost almost half of what a family earns from its fields.',
    },
  ],
  middles: [
    {
      vi: 'Học bổng chuyển hai lần trong năm, đầu mỗi học kỳ, vào tài khoản của người giám hộ hoặc trao tại trường có ký nhận. Không có lễ trao trước đông người, không đọc tên.',
      en: 'The money comes twice a year, at the start of each term, to the guardian’s account or at school against a signature. There is no ceremony and no names are read out.',
    },
    {
      vi: 'Mỗi suất {price} là mức tính từ chi phí thật: bảo hiểm y tế, vở, xe đi lại và bữa trưa những ngày học hai buổi. Em nào chuyển trường thì học bổng đi theo em.',
      en: 'One scholarship of {price} is worked out from real costs: health insurance, notebooks, travel and lunch on full school days. If a pupil changes school, the scholarship goes along.',
    },
  ],
}

export const BOOKS: CategoryTexts = {
  titles: [
    { vi: 'Sách và đồ dùng học tập năm học {year}, {place}', en: 'Books and school supplies {year}, {place}' },
    { vi: 'Đủ sách vở ngày trở lại lớp, {place}', en: 'A full school bag, {place}' },
  ],
  summaries: [
    {
      vi: '{children} học sinh tiểu học và trung học cơ sở nhận sách, vở và ba lô {by}.',
      en: '{children} primary and lower-secondary pupils receive books, notebooks and bags {by}.',
    },
    {
      vi: 'Sách giáo khoa, vở và quần áo đi học cho {children} học sinh ở {villages}.',
      en: 'Textbooks, notebooks and school clothes for {children} pupils of {villages}.',
    },
  ],
  openings: [
    {
      vi: 'Tủ sách dùng chung của {sites} điểm trường đã qua năm lứa học sinh. Sách bài tập không dùng lại được, và hai lớp vừa đổi sang bộ sách mới nên năm nay {children} em thiếu trọn bộ hoặc thiếu một nửa.',
      en: 'The shared book cupboards of {sites} school sites have served five years of pupils. Workbooks cannot be used twice and two grades changed series, so this year {children} pupils lack all or half of a set.',
    },
    {
      vi: 'Nhà có ba con đi học thì tiền sách vở đầu năm bằng hai tháng đi chợ. Nhiều gia đình ở {villages} mua trước cho em nhỏ, anh chị học chung sách với bạn.',
      en: 'For a family with three children at school, books cost as much as two months of shopping. Many in {villages} buy for the youngest first, and the older ones share with a classmate.',
    },
    {
      vi: 'Danh sách do giáo viên chủ nhiệm lập theo từng môn còn thiếu, không lập theo lớp, nên không em nào nhận thừa một quyển. Gộp lại, {place} cần đồ dùng cho {children} em.',
      en: 'Class teachers listed what is missing subject by subject, so that nobody gets a book twice. Together {place} needs supplies for {children} pupils.',
    },
  ],
  middles: [
    {
      vi: 'Sách mua theo danh mục trường đang dạy, có hóa đơn của nhà phát hành; vở 96 trang giấy định lượng tốt. Một bộ sách giá {price}. Quyển còn tốt cuối năm trở lại tủ sách của trường.',
      en: 'Books follow the list the school teaches, with the publisher’s invoice; notebooks have 96 good pages. A set of books costs {price}. Those still good return to the school cupboard at the end of the year.',
    },
    {
      vi: 'Ba lô và quần áo để trơn, không in chữ. Cỡ áo đo tại lớp, giao về từng điểm trường, thầy cô phát trong giờ sinh hoạt như mọi đồ dùng khác.',
      en: 'Bags and clothes are plain, with nothing printed. Sizes are measured in class, parcels go to each school site, and teachers hand them out in class time like any other supplies.',
    },
  ],
}

export const EQUIPMENT: CategoryTexts = {
  titles: [
    { vi: 'Thiết bị dạy học cho {sites} điểm trường, {place}', en: 'Teaching equipment for {sites} school sites, {place}' },
    { vi: 'Bảng, tủ sách và bộ thí nghiệm, {place}', en: 'Boards, book cupboards and experiment kits, {place}' },
  ],
  summaries: [
    {
      vi: '{sites} điểm trường với {children} học sinh có đủ bảng, tủ sách và đồ dùng dạy học.',
      en: '{sites} school sites with {children} pupils get boards, book cupboards and teaching aids.',
    },
    {
      vi: 'Những thiết bị trong danh mục tối thiểu mà các lớp ở {villages} còn thiếu.',
      en: 'The items of the minimum list that classes in {villages} still lack.',
    },
  ],
  openings: [
    {
      vi: 'Các điểm trường lẻ ở {villages} dạy đủ chương trình, nhưng môn khoa học vẫn học bằng hình trong sách. Nhà trường đối chiếu danh mục tối thiểu và còn thiếu khoảng một nửa.',
      en: 'The small school sites of {villages} teach the full programme, yet science is learnt from pictures in the book. Set against the minimum list, about half of the equipment is missing.',
    },
    {
      vi: 'Bảng ở ba phòng học đã bạc, viết phấn ngồi cuối lớp không đọc được. Máy chiếu duy nhất của trường chính phải xếp lịch, điểm trường xa thì không mang tới được.',
      en: 'In three rooms the boards are so worn that the last row cannot read them. The one projector of the main school is booked out, and cannot be carried to the far sites.',
    },
    {
      vi: 'Lớp mầm non ở {place} có nhà mới từ năm ngoái do ngân sách xây. Phòng đẹp, sáng, và còn gần như trống: đồ chơi học tập, kệ thấp và sách tranh chưa có trong dự toán xây dựng.',
      en: 'The pre-school of {place} has had a new building since last year, paid by the budget. It is bright and nearly empty: learning toys, low shelves and picture books were not part of the building plan.',
    },
  ],
  middles: [
    {
      vi: 'Nhà cung cấp lắp đặt tại điểm trường và hướng dẫn thầy cô một buổi. Thiết bị bảo hành 24 tháng, có tem và sổ theo dõi, nằm ở lớp chứ không nằm trong kho.',
      en: 'The supplier installs at the school site and trains the teachers for half a day. Everything has a 24-month warranty, a label and a register, and stands in the classroom, not in a store.',
    },
    {
      vi: 'Mỗi điểm trường chọn theo thứ tự cần nhất, không chia đều. Danh sách được phòng chuyên môn của ngành giáo dục xem trước để không mua trùng gói thiết bị của tỉnh, thành phố.',
      en: 'Each site chose what it needs most; nothing is split evenly. The education service looked through the list so that it does not repeat the package of the province.',
    },
  ],
}

export const VOCATIONAL: CategoryTexts = {
  titles: [
    { vi: 'Học nghề cho {children} em từ 15 tuổi, {place}', en: 'Vocational training for {children} young people, {place}' },
    { vi: 'Một nghề có chứng chỉ, {place}', en: 'A trade with a certificate, {place}' },
  ],
  summaries: [
    {
      vi: '{children} em học nghề ba tháng, {price} học phí một suất, có chứng chỉ khi học xong.',
      en: '{children} young people train for three months, {price} in fees each, with a certificate at the end.',
    },
    {
      vi: 'Học phí, dụng cụ và tiền ăn đi lại cho {children} em thuộc hộ nghèo.',
      en: 'Fees, tools, food and travel for {children} young people of poor households.',
    },
  ],
  openings: [
    {
      vi: 'Sau lớp chín, gần một phần ba học sinh ở {villages} không học tiếp trung học phổ thông. Các em muốn làm việc gần nhà: may, sửa xe máy, nấu ăn, điện dân dụng.',
      en: 'After grade nine almost a third of the pupils of {villages} do not go on to upper secondary. They would like to work near home: sewing, motorbike repair, cooking, household electrics.',
    },
    {
      vi: 'Ngày hội hướng nghiệp ở {place} có {children} em đăng ký học nghề. Trường nghề nhận đào tạo; điều giữ các em lại là tiền ăn và đường đi trong ba tháng không có thu nhập.',
      en: 'At the career day in {place}, {children} young people signed up. The vocational school will take them; what holds them back is food and travel for three months without income.',
    },
    {
      vi: 'Hai khóa trước có phần lớn học viên đi làm trong vòng nửa năm, nhiều người mở tiệm ngay trong xã. Khóa này nhận {children} em, ưu tiên em đã nghỉ học trước mười sáu tuổi.',
      en: 'Most trainees of the two earlier courses had work within half a year, many in a shop of their own in the commune. This course takes {children}, first those who left school before sixteen.',
    },
  ],
  middles: [
    {
      vi: 'Mỗi suất gồm học phí, bộ dụng cụ được giữ lại sau khóa học, tiền ăn và vé xe. Em dưới 18 tuổi chỉ học nghề được phép; giờ thực hành có thầy đứng lớp.',
      en: 'A place covers fees, a set of tools to keep, meals and bus tickets. Those under 18 learn only permitted trades, and a teacher is present in every practice hour.',
    },
    {
      vi: 'Trường nghề gửi bảng chuyên cần hằng tháng. Em nào thôi học, phần học phí chưa dùng được hoàn lại cho chiến dịch và dành cho em kế tiếp trong danh sách.',
      en: 'The school sends attendance every month. If someone stops, the unused fee comes back to the campaign and goes to the next on the list.',
    },
  ],
}
