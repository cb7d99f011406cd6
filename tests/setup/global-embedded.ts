import type { TestProject } from 'vitest/node'
import { prepareEmbedded } from './templates'

export default async function setup(project: TestProject): Promise<void> {
  project.provide('embeddedTemplate', await prepareEmbedded())
}
