/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  // Pages are rendered whole: a slow title must not end up in the body for some visitors.
  htmlLimitedBots: /.*/,
  // Files are compressed here; pages by the site's own server, which keeps the bytes.
  compress: true,
  reactStrictMode: true,
  // Pictures are made beforehand; an open resizer is work for anybody who asks.
  // It reads files of its own beside its code.
  serverExternalPackages: ['pdfkit'],
  images: { unoptimized: true },
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  async redirects() {
    return [
      { source: '/vi', destination: '/', permanent: true },
      { source: '/vi/:path*', destination: '/:path*', permanent: true },
    ]
  },
  async headers() {
    return [
      // A face that is cut anew gets a new name.
      { source: '/fonts/:file*', headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }] },
      { source: '/icon.svg', headers: [{ key: 'Content-Type', value: 'image/svg+xml; charset=utf-8' }] },
    ]
  },
  async rewrites() {
    // Vietnamese stands at the root; files, the API and Next's own paths are left alone.
    return {
      beforeFiles: [
        {
          source:
            '/:path((?!en(?:/|$)|api/|_next/|fonts/|js/|icons/|tep/|log/|sitemap/|sitemap\\.xml$|robots\\.txt$|icon\\.svg$|error\\.css$|embed\\.css$).*)',
          destination: '/vi/:path',
        },
      ],
      afterFiles: [],
      fallback: [],
    }
  },
}
