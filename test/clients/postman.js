import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import postman from 'openapi-to-postmanv2'

/** Imports the contract as Postman does, and sends the first request of the collection to the service at SOTTO. */
const data = readFileSync('../../openapi.yaml', 'utf8')
const { result, reason, output } = await promisify(postman.convert)({ type: 'string', data }, {})
assert.ok(result, reason)

const [{ data: collection }] = output
const { request } = firstRequest(collection.item)
const baseUrl = collection.variable.find(({ key }) => key === 'baseUrl').value
assert.equal(baseUrl, 'http://127.0.0.1:8080', 'where `npm start` listens: nobody has to set anything first')

const address = [process.env.SOTTO, ...request.url.path].join('/')
const headers = Object.fromEntries(request.header.map(({ key, value }) => [key, value]))
const answer = await fetch(address, { method: request.method, headers })
assert.equal(answer.status, 200, `${request.method} ${address}`)

function firstRequest([first]) {
  return first.request === undefined ? firstRequest(first.item) : first
}
