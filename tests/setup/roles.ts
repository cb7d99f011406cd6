/** Owns the tables: migrations run as this role. */
export const OWNER = { name: 'tung_dong_owner', password: 'owner' }

/** What the application signs in as: it owns nothing. */
export const APP = { name: 'tung_dong_app', password: 'app' }

/** A migrated database that every test's own is copied from. */
export const TEMPLATE = 'tung_dong_template'
