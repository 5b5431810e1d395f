#include "explore/driver/orders.h"

#include <algorithm>

namespace redflag {

using explorer::Page;

void give_orders(Page& page, const explorer::Spec& spec, std::span<const std::uint16_t> prefix,
                 std::span<const explorer::CodePlace> racing) {
  page.spec = spec;
  page.spec.prefix_size =
      static_cast<std::uint32_t>(std::min<std::size_t>(prefix.size(), Page::most_prefix));
  std::copy_n(prefix.begin(), page.spec.prefix_size, page.prefix);
  page.racing_count =
      static_cast<std::uint32_t>(std::min<std::size_t>(racing.size(), Page::most_racing));
  std::copy_n(racing.begin(), page.racing_count, page.racing);
}

}  // namespace redflag
