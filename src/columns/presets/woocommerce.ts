import type { Preset } from './preset.ts';

export const woocommerce: Preset = {
  title: { en: 'an orders export of WooCommerce', zh: ' WooCommerce 订单导出', ru: 'выгрузка заказов WooCommerce' },
  sources: [
    {
      url: 'https://woocommerce.com/document/import-and-export-of-woocommerce-orders/',
      read: '2026-11-22',
      tells:
        'the headers; order_total is the cost of the order in order_currency, payment_method the ID of the way of payment',
    },
    {
      url: 'https://pastebin.com/GyL9anNk',
      read: '2026-11-22',
      tells: 'a whole header line, with the shipping columns',
    },
    {
      url: 'https://woocommerce.github.io/code-reference/files/woocommerce-includes-gateways-cod-class-wc-gateway-cod.html',
      read: '2026-11-22',
      tells: 'the ID of cash on delivery is cod',
    },
  ],
  postcode: 'shipping_postcode',
  address: ['shipping_address_1', 'shipping_address_2', 'shipping_city', 'shipping_state'],
  country: 'shipping_country',
  cod: { amount: 'order_total', payment: 'payment_method', currency: 'order_currency', amountIs: 'total' },
};
