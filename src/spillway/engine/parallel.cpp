#include "spillway/engine/parallel.h"

#include <algorithm>

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace spillway::engine {

void for_each_task(std::size_t count, int threads, const std::function<void(std::size_t)>& task) {
  if (threads == 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  const int most = tbb::info::default_concurrency();  // more threads than the machine has help no one
  tbb::task_arena arena(threads > 0 ? std::min(threads, most) : most);
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, count, task); });
}

void for_each_part(std::size_t count, int threads, const std::function<void(std::size_t)>& task) {
  if (threads == 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  tbb::parallel_for(std::size_t{0}, count, task);
}

}  // namespace spillway::engine
