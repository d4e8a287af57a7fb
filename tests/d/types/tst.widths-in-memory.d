/* Memory is read and written with the width of the type. */
#pragma D option quiet

BEGIN
{
	this->p = (uint8_t *)alloca(8);
	*(uint64_t *)this->p = 0x8877665544332211;
	printf("%x %x %x\n", *this->p, *(uint16_t *)(this->p + 1), *(uint32_t *)(this->p + 4));
	printf("%d %d\n", *(int8_t *)(this->p + 7), *(int16_t *)(this->p + 6));
	exit(0);
}
