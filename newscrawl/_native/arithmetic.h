/* Whether the compiler makes one operation of a product and a sum, which rounds once where numpy rounds twice. */
#ifndef NEWSCRAWL_ARITHMETIC_H
#define NEWSCRAWL_ARITHMETIC_H

static int newscrawl_fuses(float a, float b, float c)
{
    volatile float x = a, y = b, z = c; /* read anew each time, so that nothing is worked out once for both */
    volatile float product = x * y;
    volatile float apart = z + product;
    volatile float together = z + x * y;
    return together != apart;
}

#endif
