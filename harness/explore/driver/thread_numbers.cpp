#include "explore/driver/thread_numbers.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <string_view>

namespace redflag {
namespace {

// The number at the start of `text`; its length, or 0 if there is none.
std::size_t read_number(std::string_view text, std::uint32_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? static_cast<std::size_t>(end - text.data()) : 0;
}

// Calls `use(number, at, length)` for each "T12" that follows "thread " or "Thread ".
template <typename Use>
void for_each_thread(std::string_view report, const Use& use) {
  constexpr std::string_view mark = "hread T";
  for (std::size_t at = report.find(mark); at != std::string_view::npos;
       at = report.find(mark, at + 1)) {
    const std::size_t digits = at + mark.size();
    std::uint32_t number = 0;
    if (const std::size_t length = read_number(report.substr(digits), number); length > 0)
      use(number, digits, length);
  }
}

// The tool's numbers to the explorer's, by the kernel's: "Thread T3 (tid=4711, running) created
// by".
std::map<std::uint32_t, std::size_t> numbers(const explorer::Page& page, std::string_view report) {
  std::map<std::uint32_t, std::size_t> known;
  const auto threads = std::min<std::size_t>(page.thread_count, explorer::Page::most_threads);
  for_each_thread(report, [&](std::uint32_t number, std::size_t at, std::size_t length) {
    constexpr std::string_view mark = " (tid=";
    const std::string_view rest = report.substr(at + length);
    std::uint32_t kernel_id = 0;
    if (!rest.starts_with(mark) || read_number(rest.substr(mark.size()), kernel_id) == 0) return;
    for (std::size_t i = 1; i < threads; ++i) {
      if (page.threads[i].kernel_id == kernel_id) known[number] = i;
    }
  });
  return known;
}

}  // namespace

std::string with_explorers_numbers(const explorer::Page& page, std::string report) {
  const auto known = numbers(page, report);
  std::string out;
  std::size_t copied = 0;
  for_each_thread(report, [&](std::uint32_t number, std::size_t at, std::size_t length) {
    const auto found = known.find(number);
    if (found == known.end()) return;
    out += report.substr(copied, at - copied) + std::to_string(found->second);
    copied = at + length;
  });
  return out + report.substr(copied);
}

}  // namespace redflag
