import type { FundData } from './model'

/**
 * The two funds. The labour departments that led the plans in 2019 no longer stand alone: their work for children went to
 * the health departments in 2025, which `labour` names here, and ethnic affairs to departments of ethnic and religious affairs.
 */
export const FUNDS: FundData[] = [
  {
    slug: 'ha-noi',
    name: { vi: 'Quỹ Bảo trợ trẻ em Hà Nội', en: 'Hà Nội Child Protection Fund' },
    place: { vi: 'Hà Nội', en: 'Hà Nội' },
    about: {
      vi: 'Quỹ vận động, tiếp nhận và phân phối nguồn lực cho trẻ em ở 14 xã vùng dân tộc thiểu số và miền núi của Hà Nội, nay nằm trong chín xã ở chân núi Ba Vì, Hòa Lạc, Chương Mỹ và Mỹ Đức. Bốn xã cũ Ba Vì, Khánh Thượng, Yên Bài và An Phú được xét trước. Tiền ủng hộ chỉ dùng cho trẻ em; chi phí quản lý do ngân sách nhà nước trả.',
      en: 'The Fund raises, receives and distributes support for children in the 14 ethnic-minority and mountain communes of Hà Nội, which today lie in nine communes around Ba Vì, Hòa Lạc, Chương Mỹ and Mỹ Đức. Four former communes come first: Ba Vì, Khánh Thượng, Yên Bài and An Phú. Gifts pay for children only; management is paid by the state budget.',
    },
    publishesBy: '03-31',
    agencies: {
      health: { vi: 'Sở Y tế thành phố Hà Nội', en: 'Hà Nội Department of Health' },
      education: { vi: 'Sở Giáo dục và Đào tạo thành phố Hà Nội', en: 'Hà Nội Department of Education and Training' },
      culture: { vi: 'Sở Văn hóa và Thể thao thành phố Hà Nội', en: 'Hà Nội Department of Culture and Sport' },
      justice: { vi: 'Sở Tư pháp thành phố Hà Nội', en: 'Hà Nội Department of Justice' },
      labour: {
        vi: 'Sở Y tế thành phố Hà Nội, nơi nhận công tác trẻ em của Sở Lao động – Thương binh và Xã hội trước đây',
        en: 'Hà Nội Department of Health, which took over child affairs from the former Department of Labour, Invalids and Social Affairs',
      },
      ethnic: { vi: 'Sở Dân tộc và Tôn giáo thành phố Hà Nội', en: 'Hà Nội Department of Ethnic and Religious Affairs' },
    },
  },
  {
    slug: 'ninh-thuan',
    name: { vi: 'Quỹ Bảo trợ trẻ em Ninh Thuận', en: 'Ninh Thuận Child Protection Fund' },
    place: { vi: 'Ninh Thuận', en: 'Ninh Thuận' },
    about: {
      vi: 'Quỹ vận động, tiếp nhận và phân phối nguồn lực cho trẻ em các xã vùng dân tộc thiểu số và miền núi của Ninh Thuận, nay thuộc tỉnh Khánh Hòa. Mười lăm xã cũ đặc biệt khó khăn ở Bác Ái, Ninh Sơn, Thuận Bắc và Thuận Nam được xét trước. Tiền ủng hộ chỉ dùng cho trẻ em; ngân sách nhà nước chỉ trả cho công tác quản lý, điều phối.',
      en: 'The Fund raises, receives and distributes support for children in the ethnic-minority and mountain communes of Ninh Thuận, which is now part of Khánh Hòa Province. Fifteen former communes with extreme difficulties, in Bác Ái, Ninh Sơn, Thuận Bắc and Thuận Nam, come first. Gifts pay for children only; the state budget pays for management and coordination.',
    },
    publishesBy: '03-31',
    agencies: {
      health: { vi: 'Sở Y tế tỉnh Khánh Hòa', en: 'Khánh Hòa Department of Health' },
      education: { vi: 'Sở Giáo dục và Đào tạo tỉnh Khánh Hòa', en: 'Khánh Hòa Department of Education and Training' },
      culture: { vi: 'Sở Văn hóa, Thể thao và Du lịch tỉnh Khánh Hòa', en: 'Khánh Hòa Department of Culture, Sport and Tourism' },
      justice: { vi: 'Sở Tư pháp tỉnh Khánh Hòa', en: 'Khánh Hòa Department of Justice' },
      labour: {
        vi: 'Sở Y tế tỉnh Khánh Hòa, nơi nhận công tác trẻ em của Sở Lao động – Thương binh và Xã hội trước đây',
        en: 'Khánh Hòa Department of Health, which took over child affairs from the former Department of Labour, Invalids and Social Affairs',
      },
      ethnic: { vi: 'Sở Dân tộc và Tôn giáo tỉnh Khánh Hòa', en: 'Khánh Hòa Department of Ethnic and Religious Affairs' },
    },
  },
]
