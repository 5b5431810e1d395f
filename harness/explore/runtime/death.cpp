// The program gives up: an assertion failed, or nobody caught an exception. Where it did is noted,
// because afterwards nobody can say.
#include <cassert>
#include <cstdlib>

#include "explore/runtime/next.h"
#include "explore/runtime/stack.h"

REDFLAG_NEXT(abort);
REDFLAG_NEXT(__assert_fail);

namespace redflag::explorer {
namespace {

// Appends to the text of the page, as far as there is room.
class Text {
 public:
  explicit Text(Page& page) : text_(page.death_text) { text_[0] = '\0'; }
  Text& operator<<(const char* more) {
    if (more == nullptr) return *this;
    for (; *more != '\0' && size_ + 1 < sizeof(Page::death_text); ++more) text_[size_++] = *more;
    text_[size_] = '\0';
    return *this;
  }
  Text& operator<<(unsigned number) {
    char digits[12];
    std::size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    return *this << &digits[at];
  }

 private:
  char* text_;
  std::size_t size_ = 0;
};

// The page, if this is the first to die.
Page* note_death() {
  const Thread* self = controlled();
  Page* page = self == nullptr ? noise_page() : scheduler.page();
  if (page == nullptr || page->death_text[0] != '\0') return nullptr;
  page->death_thread = self == nullptr ? 0 : self->id;
  fill_stack(page->death);
  if (self != nullptr) scheduler.describe_threads();
  return page;
}

}  // namespace
}  // namespace redflag::explorer

using namespace redflag::explorer;  // NOLINT(google-build-using-namespace): what follows is C

REDFLAG_SHIM void abort() noexcept {
  if (Page* page = note_death()) Text(*page) << "abort";
  next::abort()();
  __builtin_unreachable();
}

// NOLINTNEXTLINE(bugprone-reserved-identifier): the C library's name
REDFLAG_SHIM void __assert_fail(const char* assertion, const char* file, unsigned line,
                                const char* function) noexcept {
  if (Page* page = note_death())
    Text(*page) << assertion << " (" << file << ":" << line << ", " << function << ")";
  next::__assert_fail()(assertion, file, line, function);
  __builtin_unreachable();
}
