export function cart(order) {
  order.step41();
  order.step42();
  order.step43();
  order.step44();
  order.step45();
  order.step46();
  order.step47();
  order.step48();
  order.step49();
  order.step50();
  order.step51();
  order.step52();
  order.step53();
  order.step54();
  order.step55();
  order.step56();
  order.step57();
  order.step58();
  order.step59();
  order.step60();
  return order;
}
