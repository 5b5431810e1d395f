// What a thread has seen of the memory: of each atomic the latest store that it may not go behind.
#pragma once

#include <cstdint>

namespace redflag::explorer {

/// By location: the number of a store to it. What is not in it is 0, the value before all stores.
class View {
 public:
  static constexpr std::uint32_t most_locations = 256;

  void clear() { size_ = 0; }
  [[nodiscard]] std::uint32_t at(std::uint32_t location) const {
    return location < size_ ? stores_[location] : 0;
  }
  /// It has seen that store, and so all before it.
  void see(std::uint32_t location, std::uint32_t store) {
    for (; size_ <= location; ++size_) stores_[size_] = 0;
    if (stores_[location] < store) stores_[location] = store;
  }
  /// It has seen what `other` has.
  void join(const View& other) {
    for (std::uint32_t i = 0; i < other.size_; ++i) see(i, other.stores_[i]);
  }
  void copy(const View& other) {
    clear();
    join(other);
  }

 private:
  std::uint32_t size_;  // not initialised: it stands in memory of zeroes
  std::uint32_t stores_[most_locations];
};

}  // namespace redflag::explorer
