import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres-server'
import { preparePostgres } from './templates'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  try {
    await preparePostgres(server.adminUrl)
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('postgresUrl', server.adminUrl)
  return () => server.stop()
}
